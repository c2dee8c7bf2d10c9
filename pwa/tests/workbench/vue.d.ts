/**
 * Components as tests see them, which are checked without the compiler of components.
 *
 * Deliberately not here: which properties a component takes.
 */
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}

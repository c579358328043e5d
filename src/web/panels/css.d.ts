/** Vite puts a style sheet where its module is. */
declare module '*.css'

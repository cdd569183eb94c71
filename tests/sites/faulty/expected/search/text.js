export default () => Promise.all([import('./text-0.js?v=a1eeb07099c9')]);

export default () => Promise.all([import('./text-0.js?v=7bdf091953d7')]);

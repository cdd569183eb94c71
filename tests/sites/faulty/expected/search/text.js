export default () => Promise.all([import('./text-0.js?v=bdff485055d5')]);

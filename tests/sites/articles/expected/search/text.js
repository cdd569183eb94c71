export default () => Promise.all([import('./text-0.js?v=2268c38934d0')]);

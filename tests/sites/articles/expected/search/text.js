export default () => Promise.all([import('./text-0.js?v=18e20f64ca02')]);

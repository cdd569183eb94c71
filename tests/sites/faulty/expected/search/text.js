export default () => Promise.all([import('./text-0.js?v=48a2bb4de84d')]);

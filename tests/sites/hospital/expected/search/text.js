export default () => Promise.all([import('./text-0.js?v=7fa40f44e086')]);

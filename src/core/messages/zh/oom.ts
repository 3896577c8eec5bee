export const oom = {};

export const dispatch = {};

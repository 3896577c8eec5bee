export const vram = {};

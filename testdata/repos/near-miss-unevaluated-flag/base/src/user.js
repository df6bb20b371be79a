export const userData = JSON.parse(document.body.dataset.user);

export const useVisits = () => ({ count: 1, isLoaded: true, checkHasVisited: (id) => id > 0 });

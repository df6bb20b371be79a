export const routes = [
  {
    path: '/tips',
    lazy: async () => {
      const { default: TipPage } = await import(
        /* webpackChunkName: "tips" */ './TipPage'
      );
      return { Component: TipPage };
    },
  },
];

createRouter(routes);

import routes from './routes';

routes(app);

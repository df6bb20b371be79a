import { charge } from '../billing';
export function register(app: any) {
  app.post('/charge', (req: any) => charge(req.body.card, 2));
}

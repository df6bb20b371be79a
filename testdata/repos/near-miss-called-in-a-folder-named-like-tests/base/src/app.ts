import { donate } from './stories/donate';
app.post('/donate', (req) => donate(req.body.card));

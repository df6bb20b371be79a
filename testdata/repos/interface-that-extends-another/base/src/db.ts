import { connect } from '@desk/db';
export const db = connect(process.env.DATABASE_URL);

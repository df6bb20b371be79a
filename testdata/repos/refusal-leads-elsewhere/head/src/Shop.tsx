import { useFlag } from '@unleash/proxy-client-react';
import { Navigate } from 'react-router-dom';

export function Shop({ user }) {
  const on = useFlag('soap');
  if (!on) {
    return <Navigate to="/" replace />;
  }
  loadSoaps(user);
  return <p>{user.name}</p>;
}

import { useFlag } from '@unleash/proxy-client-react';
import { Navigate } from 'react-router-dom';

export function Shop({ user }) {
  const on = useFlag('soap');
  if (!on) {
    return <Navigate to={saveVisit(user)} />;
  }
  loadSoaps(user);
  return <p>{user.name}</p>;
}

import { useFlag } from '@unleash/proxy-client-react';
import { Question } from './Question';

export function Help({ reader }) {
  const night = useFlag('night-desk') ? (
    <>
      <Question id="night" reader={reader} answer={reader.nights.length} />
    </>
  ) : null;
  return (
    <main>
      <h1>Help</h1>
      <Question id="loans" reader={reader} answer={reader.loans.length} />
      {night}
    </main>
  );
}

import { useFlag } from '@unleash/proxy-client-react';
import { Question } from './Question';

export function Help({ reader }) {
  return (
    <main>
      <h1>Help</h1>
      <Question id="loans" reader={reader} answer={reader.loans.length} />
      <Question id="fines" reader={reader} answer={reader.fines.length} />
      <Question id="night" reader={reader} answer={reader.nights.length} />
    </main>
  );
}

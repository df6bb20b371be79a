import { render } from '@testing-library/react';
import { Receipt } from './receipt';

test('adds tax to the total', () => {
  expect(render(<Receipt total={100} tax={8} />).container.textContent).toContain('1.08');
});

import { render } from '@testing-library/react';
import { Receipt } from './receipt';

test('adds the tax', () => {
  expect(render(<Receipt total={100} tax={7} />).container.textContent).toContain('1.07');
});

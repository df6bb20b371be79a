import { DonateButton } from '../giving/DonateButton';

export const Footer = ({ secret }: { secret: string }) => (
  <footer>
    <DonateButton secret={secret} />
  </footer>
);

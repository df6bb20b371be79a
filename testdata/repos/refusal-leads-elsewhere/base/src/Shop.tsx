import { useFlag } from '@unleash/proxy-client-react';

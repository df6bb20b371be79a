import { oneOf } from 'prop-types';
export const soapPropType = oneOf(['rose']);

import React from 'react';
export default function View(): JSX.Element {
  return <div className="x">{/* nothing */}</div>;
}

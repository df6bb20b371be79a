test('tax', () => {
  setFlag('tax-by-zip', true);
  setFlag('new-tax', true);
});

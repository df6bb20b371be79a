import axios from 'axios';

export async function shippingRates(zip: string, grams: number) {
  const response = await axios.get('https://rates.example.com/v2/quote', {
    params: { zip, grams },
    timeout: 2000,
  });
  return response.data.quotes;
}

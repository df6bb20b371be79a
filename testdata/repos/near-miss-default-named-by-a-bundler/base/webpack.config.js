module.exports = { plugins: [new ModuleFederationPlugin({ name: 'tips', exposes: { './corner': './src/tips/TipCorner' } })] };

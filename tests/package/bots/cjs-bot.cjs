// A host's bot in CommonJS, as small as one can be.
require('sapphire-plugin-rollouts/register');
const { container, SapphireClient } = require('@sapphire/framework');
const { position } = require('sapphire-plugin-rollouts');
const { run } = require('./run.cjs');

run({ container, SapphireClient, position });

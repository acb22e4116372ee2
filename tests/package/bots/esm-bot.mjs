// A host's bot in ESM, as small as one can be.
import 'sapphire-plugin-rollouts/register';
import { container, SapphireClient } from '@sapphire/framework';
import { position } from 'sapphire-plugin-rollouts';
import { run } from './run.cjs';

run({ container, SapphireClient, position });

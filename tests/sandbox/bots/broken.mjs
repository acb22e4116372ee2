// Never gets ready.
process.stderr.write('STAFF_GUILD_ID is missing\n');
process.exitCode = 1;

/** The `wx` object a mini-program sees. */

import { recordMissing } from '../../record.js';
import { accountInterfaces } from './account.js';
import { deviceInterfaces } from './device.js';
import { dialogInterfaces } from './dialogs.js';
import { navigationInterfaces } from './navigation.js';
import { networkInterfaces } from './network.js';
import { pageLookInterfaces } from './page-look.js';
import { platformInterfaces } from './platform.js';
import { storageInterfaces } from './storage.js';

/** Put the interfaces together; asking for one that is not built is recorded by name and gives undefined. */
export function createWx(program) {
  const interfaces = {
    ...accountInterfaces(program),
    ...deviceInterfaces(program),
    ...dialogInterfaces(program),
    ...navigationInterfaces(program),
    ...networkInterfaces(program),
    ...pageLookInterfaces(program),
    ...platformInterfaces(program),
    ...storageInterfaces(program),
  };
  return new Proxy(interfaces, {
    get(target, name) {
      if (!(name in target) && typeof name === 'string' && name !== 'then') recordMissing(`wx.${name}`);
      return target[name];
    },
  });
}

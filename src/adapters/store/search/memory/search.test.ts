// The memory index: the contract.
import { searchContract } from '../../../../../test/contract/search.ts';
import { openMemorySearch } from './search.ts';

searchContract('memory', async () => openMemorySearch());

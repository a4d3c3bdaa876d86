import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { Named } from './anyCohort.js';
import { PROFILE_NAMES } from './profiles.js';
import { VERSIONS } from './versions.js';
import { PUBLISHED_NAMES, type PublishedName } from './weights/publishedWeights.js';

/** The `mgmt` command. Each subcommand loads what it needs when it runs, so that `--help` answers at once. */
export function program(): Command {
  const mgmt = new Command('mgmt')
    .description('Can deep learning read MGMT promoter methylation from brain MRI? Every study of one paper, by one command.')
    .version(VERSIONS['mgmt']!)
    .option('--debug', 'show stack traces')
    .showHelpAfterError('(mgmt --help tells what there is)')
    .configureHelp({ showGlobalOptions: true });

  mgmt
    .command('run')
    .description('run studies (all by default), then write the report; what is done already is not done again')
    .argument('[studies...]', 'names of studies, or "all"', ['all'])
    .addOption(profile())
    .option('--data <dir>', 'a folder in the RSNA-MICCAI layout; the embedded phantom cohort by default')
    .option('--seeds <n>', 'how many seeds a study trains with, from 1', positiveInteger)
    .option('--signal <0..1>', 'phantom: how strongly the label shows in the images (default: 0)', share)
    .option('--phantom-seed <n>', 'phantom: which cohort is drawn (default: 0)', nonNegativeInteger)
    .option('--seed <n>', 'train with this seed alone', positiveInteger)
    .option('--leave-out <ids>', 'cases of --data to leave out, separated by commas', ids)
    .option('--out <dir>', 'where runs and report are written', 'results')
    .option('--cache <dir>', 'where preprocessed arrays and phantoms are kept', '.cache')
    .action(async (names: string[], options) => (await import('./commands/run.js')).run(names, options));

  mgmt
    .command('report')
    .description('write the report again from the recorded runs')
    .option('--out <dir>', 'the folder that "mgmt run" wrote to', 'results')
    .action(async (options) => (await import('./commands/report.js')).report(options));

  mgmt
    .command('case')
    .description('one DICOM series through reading, preprocessing and a trained network, to a page')
    .argument('<folder>', 'a folder with the DICOM files of one series')
    .option('--run <dir>', 'the run folder whose network is used; the newest finished run by default')
    .option('--results <dir>', 'where finished runs are looked for', 'results')
    .option('--out <dir>', 'where the page is written', 'results/case')
    .action(async (folder: string, options) => (await import('./commands/case.js')).scoreCase(folder, options));

  mgmt
    .command('phantom')
    .description('write a phantom cohort as DICOM files, masks and labels in the RSNA-MICCAI layout')
    .argument('<dir>', 'an empty or new folder, or one that this command has begun')
    .option('--cases <n>', 'labeled cases', positiveInteger, 40)
    .option('--test-cases <n>', 'cases without label', nonNegativeInteger, 10)
    .option('--size <slices,rows,columns>', 'voxels of the head, axial', shape)
    .option('--signal <0..1>', 'how strongly the label shows in the images', share, 0)
    .addOption(new Option('--signal-features <names...>', 'what of the tumor shows it (default: rim)').choices(['rim', 'texture', 'size']))
    .addOption(
      new Option('--shortcut <by>', 'what beside the tumor goes with the label').choices(['site', 'contrast', 'noise', 'head-size']),
    )
    .option('--shortcut-strength <0..1>', 'in what share of cases it does', share, 1)
    .option('--seed <n>', 'which cohort is drawn', nonNegativeInteger, 0)
    .action(async (dir: string, options) => (await import('./commands/phantom.js')).phantom(dir, options));

  mgmt
    .command('validate')
    .description(
      'look at every case of a data set: what is missing, unreadable, inconsistent, or there twice; ends with status 2 where something is',
    )
    .option(
      '--data <dir>',
      'a phantom, or a folder in the layout of RSNA-MICCAI, BraTS 2021 or BraTS 2020; the embedded phantom by default',
    )
    .option('--json [file]', 'write the report as JSON to a file, or instead of the text')
    .option('--labels <csv>', 'the table of labels of a BraTS 2021 tree, or of any other folder that has a folder for each case')
    .option(
      '--columns <which=name...>',
      'of that table: id, label, site (default: id=BraTS21ID label=MGMT_value)',
      named('id', 'label', 'site'),
    )
    .option('--words <class=word...>', 'what stands in it for class 0, class 1 and unknown (default: 0=0 1=1)', named('0', '1', 'unknown'))
    .option('--files <what=name...>', 'what a series, or mask, is called in the folder of a case; {id} stands for its id', named(...IMAGES))
    .option('--case-folder <name>', 'what the folder of a case is called (default: {id})')
    .addOption(profile())
    .option('--signal <0..1>', 'phantom: how strongly the label shows in the images (default: 0)', share)
    .option('--phantom-seed <n>', 'phantom: which cohort is drawn (default: 0)', nonNegativeInteger)
    .option('--cache <dir>', 'where phantoms are kept', '.cache')
    .action(async (options) => (await import('./commands/validate.js')).validate(options));

  mgmt
    .command('doctor')
    .description('what this machine computes with, what data are found, what is missing and how to get it')
    .option('--data <dir>', 'a folder in the RSNA-MICCAI layout to look at')
    .option('--json', 'machine-readable')
    .option('--bench', 'time training steps on every backend that this machine has, and compare their numbers; a few minutes')
    .action(async (options) => (await import('./commands/doctor.js')).doctor(options));

  mgmt
    .command('bench-backend', { hidden: true }) // what "doctor --bench" starts for each backend
    .argument('<backend>')
    .action(async (backend) => (await import('./commands/benchBackend.js')).printBench(backend));

  mgmt
    .command('cache')
    .description('list the preprocessed arrays that are kept, or remove some; what is missing is made again when it is needed')
    .option('--cache <dir>', 'where they are kept', '.cache')
    .option('--prune', 'remove all, or with one of the next two what goes beyond it')
    .option('--older-than <days>', 'remove what was made before', positiveNumber)
    .option('--max-gb <n>', 'keep the latest up to this size', positiveNumber)
    .option('--json', 'machine-readable')
    .action(async (options) => (await import('./commands/cache.js')).cache(options));

  const weights = mgmt.command('weights').description('weights that were trained on ImageNet, for networks that start from them');
  weights
    .command('list')
    .description('which can be fetched, from where, under which license')
    .action(async () => (await import('./commands/weights.js')).listWeights());
  weights
    .command('download')
    .description(
      'fetch one to a folder, go on with what an interruption left, check its SHA-256; nothing else of mgmt asks the network for data',
    )
    .addArgument(new Argument('<name>', 'of the network').choices(PUBLISHED_NAMES))
    .option('--to <dir>', 'where it is put', 'weights')
    .option('--host <url>', 'the Hugging Face hub, or a mirror of it', process.env['HF_ENDPOINT'] ?? 'https://huggingface.co')
    .option('--revision <commit>', 'another than the one that is known')
    .option('--sha256 <hex>', 'what the file must have (default: the known one)', hexDigest)
    .action(async (name: PublishedName, options) => (await import('./commands/weights.js')).downloadPublished(name, options));

  mgmt
    .command('train-demo')
    .description('train the small demonstration network that "mgmt case" uses where there is no finished run')
    .option('--out <dir>', 'the folder of the network and its record', 'packages/experiments/demo')
    .option('--cache <dir>', 'where the phantom is kept', '.cache')
    .action(async (options) => (await import('./commands/trainDemo.js')).trainDemo(options));

  return mgmt;
}

const profile = () =>
  new Option('--profile <name>', 'smoke: does it run; quick: minutes, on the phantom; paper: the paper’s own sizes, epochs and seeds')
    .choices(PROFILE_NAMES)
    .default('quick');

const parser =
  <T>(expected: string, parse: (text: string) => T | undefined) =>
  (text: string): T => {
    const value = parse(text);
    if (value === undefined) throw new InvalidArgumentError(`expected ${expected}, found "${text}"`);
    return value;
  };

const number = (text: string) => (text.trim() === '' ? NaN : Number(text));
const positiveInteger = parser('a whole number of at least 1', (text) =>
  Number.isInteger(number(text)) && number(text) >= 1 ? number(text) : undefined,
);
const nonNegativeInteger = parser('a whole number of at least 0', (text) =>
  Number.isInteger(number(text)) && number(text) >= 0 ? number(text) : undefined,
);
const positiveNumber = parser('a number of at least 0', (text) => (number(text) >= 0 ? number(text) : undefined));
const hexDigest = parser('64 hexadecimal digits', (text) => (/^[0-9a-f]{64}$/i.test(text) ? text : undefined));
const share = parser('a number from 0 to 1', (text) => (number(text) >= 0 && number(text) <= 1 ? number(text) : undefined));
const ids = parser('five-digit ids separated by commas', (text) => {
  const list = text.split(',').map((id) => id.trim());
  return list.every((id) => /^\d{1,5}$/.test(id)) ? list.map((id) => id.padStart(5, '0')) : undefined;
});
/** Names under keys, each as `key=name`; a key may come again. */
const named =
  (...keys: readonly string[]) =>
  (text: string, before: Named = {}): Named => {
    const [, key, name] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
    if (key === undefined || name === undefined || !keys.includes(key)) {
      throw new InvalidArgumentError(`expected ${keys.map((known) => `${known}=…`).join(', ')}, found "${text}"`);
    }
    return { ...before, [key]: [...(before[key] ?? []), name] };
  };
const IMAGES = ['FLAIR', 'T1w', 'T1wCE', 'T2w', 'mask'];
const shape = parser('three whole numbers of at least 8, like 32,64,64', (text) => {
  const extents = text.split(',').map(number);
  return extents.length === 3 && extents.every((n) => Number.isInteger(n) && n >= 8) ? (extents as [number, number, number]) : undefined;
});

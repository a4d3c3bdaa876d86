"""A journal as Optuna writes it, and what Optuna knows of it; for the tests that run Optuna also what it knows of another, or that it goes on with one.

usage: python tools/golden/tuning_journal.py > packages/tuning/test/golden/journal.json     (optuna)
       python tools/golden/tuning_journal.py dump STUDY JOURNAL...
       python tools/golden/tuning_journal.py run JOURNAL STUDY TRIALS [open]     ('open': with JournalFileOpenLock)
"""
import datetime, json, os, sys, tempfile, warnings
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution, IntUniformDistribution, LogUniformDistribution
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend, JournalFileOpenLock

ORIGIN = f'optuna {optuna.__version__}: python tools/golden/tuning_journal.py'
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
STATES = {'RUNNING': 'running', 'WAITING': 'waiting', 'COMPLETE': 'complete', 'PRUNED': 'pruned', 'FAIL': 'failed'}

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter('ignore')


def storage(path, lock=None):
    return JournalStorage(JournalFileBackend(path, lock_obj=lock))


def distribution(of):
    if isinstance(of, CategoricalDistribution):
        return {'kind': 'categorical', 'choices': list(of.choices)}
    whole = isinstance(of, IntDistribution)
    step = None if of.step == (1 if whole else None) else of.step
    return {'kind': 'int' if whole else 'float', 'low': of.low, 'high': of.high} | ({'log': True} if of.log else {}) | ({'step': step} if step else {})


def milliseconds(time):
    return (time.astimezone(datetime.timezone.utc) - EPOCH) // datetime.timedelta(milliseconds=1)


def record(trial):
    optional = {
        'value': trial.value,
        'startedAt': trial.datetime_start and milliseconds(trial.datetime_start),
        'finishedAt': trial.datetime_complete and milliseconds(trial.datetime_complete),
    }
    return {
        'number': trial.number,
        'state': STATES[trial.state.name],
        'params': trial.params,
        'distributions': {name: distribution(of) for name, of in trial.distributions.items()},
        'intermediate': [{'step': step, 'value': value} for step, value in sorted(trial.intermediate_values.items())],
        'attributes': trial.user_attrs,
        'systemAttributes': trial.system_attrs,
    } | {name: value for name, value in optional.items() if value is not None}


def dump(path, name):
    study = optuna.load_study(storage=storage(path), study_name=name)
    complete = [trial for trial in study.trials if trial.state.name == 'COMPLETE']
    return {
        'direction': study.direction.name.lower(),
        'attributes': study.user_attrs,
        'best': study.best_trial.number if complete else None,
        'trials': [record(trial) for trial in study.trials],
    }


def objective(trial):
    x = trial.suggest_float('x', 0, 1)
    trial.suggest_int('n', 1, 64, log=True)
    trial.suggest_float('q', 0, 1, step=0.3)
    trial.suggest_categorical('optimizer', ['adam', 'sgd', None, True, 1.5])
    if trial.number % 2:
        trial.suggest_int('even', 0, 10, step=2)
    for step, value in [(3, x), (1, float('nan')), (2, float('inf'))]:
        trial.report(value, step)
    trial.set_user_attr('note', {'text': 'é "NaN" 漢', 'list': [1, float('-inf')]})
    trial.should_prune()
    if trial.number == 1:
        raise optuna.TrialPruned()
    if trial.number == 2:
        raise ValueError('bad')
    return {3: float('nan'), 4: float('-inf')}.get(trial.number, x)


def write(path):
    shared = storage(path)
    gone = optuna.create_study(storage=shared, study_name='gone')
    gone.optimize(lambda trial: trial.suggest_float('x', 0, 1), n_trials=1)
    main = optuna.create_study(
        storage=shared, study_name='main', direction='maximize', pruner=optuna.pruners.SuccessiveHalvingPruner(), sampler=optuna.samplers.RandomSampler(seed=0)
    )
    main.set_user_attr('site', [1, 2])
    main.enqueue_trial({'x': 0.5, 'optimizer': 'sgd'}, user_attrs={'memo': 'first'})
    main.optimize(objective, n_trials=4, catch=(ValueError,))
    optuna.delete_study(study_name='gone', storage=shared)
    main.optimize(objective, n_trials=2, catch=(ValueError,))
    space = {'x': FloatDistribution(0, 1), 'n': IntDistribution(1, 64, log=True)}
    main.add_trial(optuna.create_trial(params={'x': 0.25, 'n': 7}, distributions=space, value=0.125, intermediate_values={10: 2.0, 9: 1.0}))
    main.add_trial(optuna.create_trial(state=optuna.trial.TrialState.FAIL))
    running = main.ask()
    shared.set_trial_param(running._trial_id, 'old', 0.5, LogUniformDistribution(0.1, 1))
    shared.set_trial_param(running._trial_id, 'older', 3, IntUniformDistribution(1, 9, 2))
    main.enqueue_trial({'x': 0.75})
    other = optuna.create_study(storage=shared, study_name='other')
    other.optimize(lambda trial: trial.suggest_float('x', -1, 1, log=False) ** 2, n_trials=3)


if sys.argv[1:2] == ['dump']:
    print(json.dumps([dump(path, sys.argv[2]) for path in sys.argv[3:]]))
elif sys.argv[1:2] == ['run']:
    path, name, trials, lock = sys.argv[2], sys.argv[3], int(sys.argv[4]), JournalFileOpenLock(sys.argv[2]) if sys.argv[5:] == ['open'] else None
    study = optuna.create_study(storage=storage(path, lock), study_name=name, load_if_exists=True)
    study.optimize(lambda trial: (trial.suggest_float('x', -10, 10) - 2) ** 2, n_trials=trials)
else:
    path = os.path.join(tempfile.mkdtemp(), 'journal.log')
    write(path)
    with open(path) as file:
        lines = file.read()
    print(json.dumps({'origin': ORIGIN, 'journal': lines, 'studies': json.dumps({name: dump(path, name) for name in ('main', 'other')})}))  # NaN is no JSON

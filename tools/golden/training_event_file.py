"""TensorBoard's own bytes for a few events, and what its own readers find in an event file of ours.

usage: python tools/golden/training_event_file.py make > packages/training/test/golden/eventFile.json
       python tools/golden/training_event_file.py read RUN_FOLDER      every scalar by both of TensorBoard's readers, as JSON; fails where they differ
       (pip install tensorboard)
"""
import io
import json
import sys
import time
from importlib.metadata import version

EVENTS = [
    dict(wallTime=1735689600.25, fileVersion="brain.Event:2"),
    dict(wallTime=1735689600.5, step=0, sessionStart=True),
    dict(wallTime=1735689601.0, step=1, scalars={"loss/train": 0.6931471805599453, "learningRate": 1e-4}),
    dict(wallTime=1735689602.0, step=300, scalars={"loss/train": 0.5, "metrics/auc": 1.0, "metrics/größe": -3.5e-12}),
    dict(wallTime=1735689603.0, step=5_000_000_000, scalars={"a" * 200: 0.0}),
]


def make():
    from tensorboard.compat.proto.event_pb2 import Event, SessionLog
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.record_writer import RecordWriter

    rows = []
    for row in EVENTS:
        if "fileVersion" in row:
            event = Event(wall_time=row["wallTime"], file_version=row["fileVersion"])
        elif "sessionStart" in row:
            event = Event(wall_time=row["wallTime"], step=row["step"], session_log=SessionLog(status=SessionLog.START))
        else:
            values = [Summary.Value(tag=tag, simple_value=value) for tag, value in row["scalars"].items()]
            event = Event(wall_time=row["wallTime"], step=row["step"], summary=Summary(value=values))
        framed = io.BytesIO()
        RecordWriter(framed).write(event.SerializeToString())
        rows.append(dict(row, framed=framed.getvalue().hex()))
    origin = f"TensorBoard {version('tensorboard')}, tools/golden/training_event_file.py make"
    print(json.dumps(dict(origin=origin, events=rows), indent=1))


def read(folder):
    python, rust = read_python(folder), read_rust(folder)
    print(json.dumps(python, indent=1, sort_keys=True))
    if python != rust:
        sys.exit(f"TensorBoard's data server found something else:\n{json.dumps(rust, indent=1, sort_keys=True)}")


def read_python(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    accumulator = EventAccumulator(folder)
    accumulator.Reload()
    scalars = {tag: [[e.step, e.value] for e in accumulator.Scalars(tag)] for tag in accumulator.Tags()["scalars"]}
    tensors = {tag: [[e.step, number(e.tensor_proto)] for e in accumulator.Tensors(tag)] for tag in accumulator.Tags()["tensors"]}
    return {**scalars, **tensors}


def read_rust(folder):
    """By the server that TensorBoard starts for its page."""
    from tensorboard.context import RequestContext
    from tensorboard.data import server_ingester
    from tensorboard.util.grpc_util import ChannelCredsType

    ingester = server_ingester.SubprocessServerDataIngester(
        server_ingester.get_server_binary(), folder, reload_interval=0, channel_creds_type=ChannelCredsType.LOCAL, samples_per_plugin={"scalars": 0}
    )
    ingester.start()
    for _ in range(50):  # it answers before it has read
        runs = ingester.data_provider.read_scalars(RequestContext(), experiment_id="", plugin_name="scalars", downsample=1_000_000)
        if runs:
            break
        time.sleep(0.1)
    return {tag: [[e.step, e.value] for e in series] for tags in runs.values() for tag, series in tags.items()}


def number(proto):
    from tensorboard.util import tensor_util

    return float(tensor_util.make_ndarray(proto))


if __name__ == "__main__":
    make() if sys.argv[1:] == ["make"] else read(sys.argv[2])

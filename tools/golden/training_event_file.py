"""TensorBoard's own bytes for a few events, and what its own readers find in an event file of ours.

usage: python tools/golden/training_event_file.py make > packages/training/test/golden/eventFile.json
       python tools/golden/training_event_file.py read RUN_FOLDER      every scalar, distribution and image by both of TensorBoard's readers, as
                                                                       JSON; fails where they differ (pip install tensorboard pillow)
"""
import io
import json
import sys
import time
from importlib.metadata import version

EVENTS = [
    dict(wallTime=1735689600.25, fileVersion="brain.Event:2"),
    dict(wallTime=1735689600.5, step=0, sessionStart=True),
    dict(wallTime=1735689601.0, step=1, values={"loss/train": 0.6931471805599453, "learningRate": 1e-4}),
    dict(wallTime=1735689602.0, step=300, values={"loss/train": 0.5, "metrics/auc": 1.0, "metrics/größe": -3.5e-12}),
    dict(wallTime=1735689603.0, step=5_000_000_000, values={"a" * 200: 0.0}),
    dict(wallTime=1735689604.0, step=2, values={"predictions/validation": dict(
        minimum=-1.5, maximum=2.5, count=7, sum=3.25, sumOfSquares=11.75, limits=[-0.5, 0.5, 1.5, 2.5], counts=[1, 2, 0, 4])}),
    dict(wallTime=1735689605.0, step=3, values={"inputs/1 00042": dict(png="89504e470d0a1a0a", rows=300, columns=2)}),
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
            values = [summary_value(Summary, tag, value) for tag, value in row["values"].items()]
            event = Event(wall_time=row["wallTime"], step=row["step"], summary=Summary(value=values))
        framed = io.BytesIO()
        RecordWriter(framed).write(event.SerializeToString())
        rows.append(dict(row, framed=framed.getvalue().hex()))
    origin = f"TensorBoard {version('tensorboard')}, tools/golden/training_event_file.py make"
    print(json.dumps(dict(origin=origin, events=rows), indent=1))


def summary_value(Summary, tag, value):
    from tensorboard.compat.proto.summary_pb2 import HistogramProto

    if not isinstance(value, dict):
        return Summary.Value(tag=tag, simple_value=value)
    if "png" in value:
        image = Summary.Image(height=value["rows"], width=value["columns"], colorspace=1, encoded_image_string=bytes.fromhex(value["png"]))
        return Summary.Value(tag=tag, image=image)
    names = dict(min="minimum", max="maximum", num="count", sum="sum", sum_squares="sumOfSquares", bucket_limit="limits", bucket="counts")
    return Summary.Value(tag=tag, histo=HistogramProto(**{theirs: value[ours] for theirs, ours in names.items()}))


def read(folder):
    python, rust = read_python(folder), read_rust(folder)
    print(json.dumps(python, indent=1, sort_keys=True))
    if python != rust:
        sys.exit(f"TensorBoard's data server found something else:\n{json.dumps(rust, indent=1, sort_keys=True)}")


def read_python(folder):
    """By its old reader, which takes files as they are, and its new one, which makes tensors of them."""
    from tensorboard.backend.event_processing.data_provider import MultiplexerDataProvider
    from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer

    multiplexer = EventMultiplexer()
    multiplexer.AddRunsFromDirectory(folder)
    multiplexer.Reload()
    return contents(MultiplexerDataProvider(multiplexer, folder))


def read_rust(folder):
    """By the server that TensorBoard starts for its page."""
    from tensorboard.data import server_ingester
    from tensorboard.util.grpc_util import ChannelCredsType

    ingester = server_ingester.SubprocessServerDataIngester(
        server_ingester.get_server_binary(), folder, reload_interval=0, channel_creds_type=ChannelCredsType.LOCAL, samples_per_plugin={}
    )
    ingester.start()
    for _ in range(50):  # it answers before it has read
        found = contents(ingester.data_provider)
        if found["scalars"]:
            return found
        time.sleep(0.1)
    return found


def contents(provider):
    from tensorboard.context import RequestContext

    asked = dict(experiment_id="", downsample=1_000_000)
    context = RequestContext()
    scalars = provider.read_scalars(context, plugin_name="scalars", **asked)
    histograms = provider.read_tensors(context, plugin_name="histograms", **asked)
    images = provider.read_blob_sequences(context, plugin_name="images", **asked)
    return dict(
        scalars=by_tag(scalars, lambda point: point.value),
        histograms=by_tag(histograms, lambda point: point.numpy.astype("float32").tolist()),
        images=by_tag(images, lambda point: [opened(provider.read_blob(context, blob_key=value.blob_key)) for value in point.values[2:]]),
    )


def by_tag(runs, value_of):
    return {tag: [[point.step, value_of(point)] for point in series] for tags in (runs or {}).values() for tag, series in tags.items()}


def opened(png):
    """An image's size and the sum of its pixels."""
    from PIL import Image

    image = Image.open(io.BytesIO(png))
    return [image.mode, *image.size, sum(image.tobytes())]


if __name__ == "__main__":
    make() if sys.argv[1:] == ["make"] else read(sys.argv[2])

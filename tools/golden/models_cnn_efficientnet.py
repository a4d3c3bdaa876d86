"""EfficientNets of timm and efficientnet_pytorch, one in three dimensions, and the CNN-LSTM of the competition's second place, on random weights.

Dropout and drop connect are off. Weights and images: see hashed_weights.py.

usage: python tools/golden/models_cnn_efficientnet.py packages/models-cnn/test/golden     (torch, timm, efficientnet_pytorch, numpy)
"""
import json, sys
from importlib.metadata import version
from pathlib import Path
import timm, torch
from efficientnet_pytorch import EfficientNet
from torch import nn
from torch.nn import functional as F
from hashed_weights import measure

COMMAND = 'python tools/golden/models_cnn_efficientnet.py packages/models-cnn/test/golden'
LIBRARIES = [f'{name} {version(name).split("+")[0]}' for name in ('torch', 'timm', 'efficientnet_pytorch')]
ORIGIN = f'{", ".join(LIBRARIES)}, float64, {COMMAND}'


class Same(nn.Conv3d):
    """Padded as TensorFlow pads even extents, whatever the extents are: efficientnet_pytorch_3d's static padding."""
    def forward(self, x):
        k, s = self.kernel_size[0], self.stride[0]
        total = max(k - s, 0)
        return super().forward(F.pad(x, (total // 2, total - total // 2) * 3))


def norm(channels):
    return nn.BatchNorm3d(channels, eps=1e-3, momentum=0.01)


class Block(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride, expansion):
        super().__init__()
        wide, squeezed = inputs * expansion, max(1, inputs // 4)
        self.widens, self.adds = expansion != 1, stride == 1 and inputs == outputs
        if self.widens:
            self._expand_conv, self._bn0 = nn.Conv3d(inputs, wide, 1, bias=False), norm(wide)
        self._depthwise_conv, self._bn1 = Same(wide, wide, kernel, stride, groups=wide, bias=False), norm(wide)
        self._se_reduce, self._se_expand = nn.Conv3d(wide, squeezed, 1), nn.Conv3d(squeezed, wide, 1)
        self._project_conv, self._bn2 = nn.Conv3d(wide, outputs, 1, bias=False), norm(outputs)

    def forward(self, x):
        y = F.silu(self._bn0(self._expand_conv(x))) if self.widens else x
        y = F.silu(self._bn1(self._depthwise_conv(y)))
        y = y * torch.sigmoid(self._se_expand(F.silu(self._se_reduce(F.adaptive_avg_pool3d(y, 1)))))
        y = self._bn2(self._project_conv(y))
        return y + x if self.adds else y


class EfficientNet3d(nn.Module):
    """The network of efficientnet_pytorch_3d, which no package index has, with its names."""
    STAGES = [(1, 3, 2, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192), (1, 3, 1, 6, 320)]

    def __init__(self, stages, width):
        super().__init__()
        def scaled(channels):
            exact = channels * width
            rounded = max(8, int(exact + 4) // 8 * 8)
            return rounded + 8 if rounded < 0.9 * exact else rounded
        c = scaled(32)
        self._conv_stem, self._bn0 = Same(1, c, 3, 2, bias=False), norm(c)
        self._blocks = nn.ModuleList()
        for count, kernel, stride, expansion, channels in [self.STAGES[i] for i in stages]:
            for i in range(count):
                self._blocks.append(Block(c, scaled(channels), kernel, stride if i == 0 else 1, expansion))
                c = scaled(channels)
        self._conv_head, self._bn1 = nn.Conv3d(c, scaled(1280), 1, bias=False), norm(scaled(1280))
        self._fc = nn.Linear(scaled(1280), 1)

    def forward(self, x):
        x = F.silu(self._bn0(self._conv_stem(x)))
        for block in self._blocks:
            x = block(x)
        return self._fc(F.adaptive_avg_pool3d(F.silu(self._bn1(self._conv_head(x))), 1).flatten(1))


class CnnLstm(nn.Module):
    """The second place's, by the names of github.com/minhnhatphan/rnsa21-cnn-lstm."""
    def __init__(self):
        super().__init__()
        self.cnn = nn.Module()
        self.cnn.map = nn.Conv2d(4, 3, 1)
        self.cnn.net = b0(classes=256)
        self.rnn = nn.LSTM(256, 32, 2, batch_first=True)
        self.fc = nn.Linear(32, 1)

    def forward(self, x):  # [b, slices, modalities, h, w]
        features = self.cnn.net(F.relu(self.cnn.map(x.flatten(0, 1))))
        _, (hidden, _) = self.rnn(features.unflatten(0, x.shape[:2]))
        return self.fc(hidden[-1])


def b0(classes):
    return EfficientNet.from_name('efficientnet-b0', num_classes=classes, dropout_rate=0.0, drop_connect_rate=0.0)


torch.manual_seed(0)
CASES = {
    'timm tf_efficientnet_b0': (lambda: timm.create_model('tf_efficientnet_b0', num_classes=1), (2, 3, 96, 90)),
    'timm efficientnet_b0': (lambda: timm.create_model('efficientnet_b0', num_classes=1), (2, 3, 96, 90)),
    'timm tf_efficientnet_b2': (lambda: timm.create_model('tf_efficientnet_b2', num_classes=1), (2, 3, 64, 64)),
    'efficientnet_pytorch b0': (lambda: b0(classes=1), (2, 3, 96, 104)),
    'efficientnet_pytorch_3d, half the width, four stages': (lambda: EfficientNet3d([0, 1, 2, 4], width=0.5), (2, 1, 40, 48, 56)),
    'CNN-LSTM': (CnnLstm, (2, 3, 4, 64, 64)),
}
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
cases = [{'name': name, **measure(make(), shape)} for name, (make, shape) in CASES.items()]
(out / 'efficientnet.json').write_text(json.dumps({'origin': ORIGIN, 'cases': cases}, separators=(',', ':')) + '\n')

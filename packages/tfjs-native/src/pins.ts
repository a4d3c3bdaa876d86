/**
 * What is fetched, each file with its hash. To move to another TensorFlow: change this table, run the package's tests and
 * `tools/tfjs-conformance`, and say in CHANGELOG.md what they said.
 */

/** The two builds of TensorFlow: for the CPU, and for NVIDIA GPUs (which also computes on the CPU where there is none). */
export type Build = 'cpu' | 'gpu';

/** One wheel under one of the names that a package index has for it. */
export interface WheelFile {
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** One distribution at one version; its files differ by Python version, and any of them will do. */
export interface WheelPin {
  readonly distribution: string;
  readonly version: string;
  readonly files: readonly WheelFile[];
  /** Of the members that are taken. */
  readonly unpackedBytes: number;
}

export const TENSORFLOW_VERSION = '2.21.0';
export const TFJS_VERSION = '4.22.0';

/** Measured on 2.21.0: what `tfjs-node`'s C++ includes, directly or not. Both builds carry the same. */
export const HEADERS: readonly string[] = [
  'tensorflow/c/c_api.h',
  'tensorflow/c/c_api_macros.h',
  'tensorflow/c/eager/c_api.h',
  'tensorflow/c/tf_attrtype.h',
  'tensorflow/c/tf_buffer.h',
  'tensorflow/c/tf_datatype.h',
  'tensorflow/c/tf_status.h',
  'tensorflow/c/tf_tensor.h',
  'tensorflow/c/tf_tstring.h',
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
  'xla/tsl/c/tsl_status.h',
];

export const LIBRARIES: readonly string[] = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

export const TENSORFLOW_WHEELS: Readonly<Record<Build, WheelPin>> = {
  cpu: {
    distribution: 'tensorflow-cpu',
    version: TENSORFLOW_VERSION,
    unpackedBytes: 853_463_601,
    files: [
      wheel(
        'tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
        274_000_871,
        'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
      ),
      wheel(
        'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
        273_829_956,
        '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
      ),
      wheel(
        'tensorflow_cpu-2.21.0-cp313-cp313-manylinux_2_27_x86_64.whl',
        274_271_560,
        '05af7c26d35f4de910b5598c7b507e3981831a7b0f47fed9a405d995d51d7793',
      ),
      wheel(
        'tensorflow_cpu-2.21.0-cp310-cp310-manylinux_2_27_x86_64.whl',
        273_601_549,
        'd143e92f5c0661cdfa26eaca8f73cd2efd0ec53a68af8dec82f584ba8eb14b83',
      ),
    ],
  },
  gpu: {
    distribution: 'tensorflow',
    version: TENSORFLOW_VERSION,
    unpackedBytes: 1_259_175_745,
    files: [
      wheel(
        'tensorflow-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl',
        572_611_111,
        'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
      ),
      wheel(
        'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
        572_440_367,
        '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
      ),
      wheel(
        'tensorflow-2.21.0-cp313-cp313-manylinux_2_27_x86_64.whl',
        572_881_074,
        'e9d8da8dcab9650efb45f032ba70af2f016f907e6e0c6bda29dd101bba945406',
      ),
      wheel(
        'tensorflow-2.21.0-cp310-cp310-manylinux_2_27_x86_64.whl',
        572_211_261,
        '77c6f298e695ea1d283cdd7d30f8d97530cc6e92c1395a9ddbab9771c99233a4',
      ),
    ],
  },
};

/**
 * NVIDIA's libraries, for a machine that has no CUDA 12 or no cuDNN 9 of its own. TensorFlow 2.21 asks for CUDA 12.5 or later below 13
 * and cuDNN 9.3 or later below 10. Taken: CUDA 12.9, the last of the 12s, which knows GPUs from Maxwell to Blackwell, and cuDNN 9.10.2.
 */
export const CUDA_WHEELS: readonly (WheelPin & { readonly part: 'cuda' | 'cudnn' })[] = [
  cuda(
    'nvidia-cublas-cu12',
    '12.9.1.4',
    855_100_704,
    wheel(
      'nvidia_cublas_cu12-12.9.1.4-py3-none-manylinux_2_27_x86_64.whl',
      581_242_350,
      '453611eb21a7c1f2c2156ed9f3a45b691deda0440ec550860290dc901af5b4c2',
    ),
  ),
  cuda(
    'nvidia-cuda-cupti-cu12',
    '12.9.79',
    43_365_768,
    wheel(
      'nvidia_cuda_cupti_cu12-12.9.79-py3-none-manylinux_2_25_x86_64.whl',
      10_814_997,
      '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
    ),
  ),
  cuda(
    'nvidia-cuda-nvcc-cu12',
    '12.9.86',
    98_010_465,
    wheel(
      'nvidia_cuda_nvcc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      40_546_229,
      '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
    ),
  ),
  cuda(
    'nvidia-cuda-nvrtc-cu12',
    '12.9.86',
    227_340_992,
    wheel(
      'nvidia_cuda_nvrtc_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      89_568_129,
      '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    ),
  ),
  cuda(
    'nvidia-cuda-runtime-cu12',
    '12.9.79',
    5_342_176,
    wheel(
      'nvidia_cuda_runtime_cu12-12.9.79-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      3_493_179,
      '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    ),
  ),
  cuda(
    'nvidia-cufft-cu12',
    '11.4.1.4',
    293_609_416,
    wheel(
      'nvidia_cufft_cu12-11.4.1.4-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      200_877_592,
      'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    ),
  ),
  cuda(
    'nvidia-curand-cu12',
    '10.3.10.19',
    166_965_432,
    wheel(
      'nvidia_curand_cu12-10.3.10.19-py3-none-manylinux_2_27_x86_64.whl',
      68_295_626,
      '49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e',
    ),
  ),
  cuda(
    'nvidia-cusolver-cu12',
    '11.7.5.82',
    494_975_064,
    wheel(
      'nvidia_cusolver_cu12-11.7.5.82-py3-none-manylinux_2_27_x86_64.whl',
      338_117_415,
      '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    ),
  ),
  cuda(
    'nvidia-cusparse-cu12',
    '12.5.10.65',
    486_556_368,
    wheel(
      'nvidia_cusparse_cu12-12.5.10.65-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      366_465_088,
      '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    ),
  ),
  cuda(
    'nvidia-nccl-cu12',
    '2.27.7',
    430_126_192,
    wheel(
      'nvidia_nccl_cu12-2.27.7-py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
      322_546_339,
      'de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa',
    ),
  ),
  cuda(
    'nvidia-nvjitlink-cu12',
    '12.9.86',
    95_935_344,
    wheel(
      'nvidia_nvjitlink_cu12-12.9.86-py3-none-manylinux2010_x86_64.manylinux_2_12_x86_64.whl',
      39_748_338,
      'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    ),
  ),
  {
    ...cuda(
      'nvidia-cudnn-cu12',
      '9.10.2.21',
      1_053_232_960,
      wheel(
        'nvidia_cudnn_cu12-9.10.2.21-py3-none-manylinux_2_27_x86_64.whl',
        706_758_467,
        '949452be657fa16687d0930933f032835951ef0892b37d2d53824d1a84dc97a8',
      ),
    ),
    part: 'cudnn',
  },
];

/** The JavaScript half, from the npm registry. */
export const TFJS_PACKAGES: Readonly<Record<Build, { readonly name: string; readonly tarball: string; readonly integrity: string }>> = {
  cpu: {
    name: '@tensorflow/tfjs-node',
    tarball: `tensorflow-tfjs-node-${TFJS_VERSION}.tgz`,
    integrity: 'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
  },
  gpu: {
    name: '@tensorflow/tfjs-node-gpu',
    tarball: `tensorflow-tfjs-node-gpu-${TFJS_VERSION}.tgz`,
    integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  },
};

function wheel(name: string, sizeBytes: number, sha256: string): WheelFile {
  return { name, sha256, sizeBytes };
}

function cuda(distribution: string, version: string, unpackedBytes: number, file: WheelFile): WheelPin & { part: 'cuda' | 'cudnn' } {
  return { distribution, version, files: [file], unpackedBytes, part: 'cuda' };
}

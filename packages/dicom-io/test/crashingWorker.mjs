// Dies at the second file of a series.
export default ({ jobs, progress }) => {
  for (const [index, { instance }] of jobs.entries()) {
    progress[0] = index;
    if (instance.path.endsWith('001.dcm')) process.exit(3);
  }
  return { slices: [] };
};

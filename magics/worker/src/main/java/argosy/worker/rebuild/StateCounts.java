package argosy.worker.rebuild;

/// How often large state was built, and how often it could be kept.
public final class StateCounts {

  private long valuesBuilt;
  private long valuesKept;
  private long valuesCompared;
  private long partsBuilt;
  private long partsKept;
  private long largeBytes;

  StateCounts() {}

  void valueBuilt() {
    valuesBuilt++;
  }

  void valueKept() {
    valuesKept++;
  }

  void valueCompared() {
    valuesCompared++;
  }

  void partBuilt() {
    partsBuilt++;
  }

  void partKept() {
    partsKept++;
  }

  void largeValue(long bytes) {
    largeBytes += bytes;
  }

  /// {@return how many bytes the large values had that this worker was sent and those that it
  /// returned, each time it built or wrote one}
  public long largeBytes() {
    return largeBytes;
  }

  /// {@return how many arrays and strings were built from their content}
  public long valuesBuilt() {
    return valuesBuilt;
  }

  /// {@return how often a task got an array or string that was there already}
  public long valuesKept() {
    return valuesKept;
  }

  /// {@return how often an array was compared with its content}
  public long valuesCompared() {
    return valuesCompared;
  }

  /// {@return how many parts of closures' state were built}
  public long partsBuilt() {
    return partsBuilt;
  }

  /// {@return how often a task got a part that was there already}
  public long partsKept() {
    return partsKept;
  }
}

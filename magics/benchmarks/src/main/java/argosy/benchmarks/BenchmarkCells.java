package argosy.benchmarks;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What a notebook's cells might hold: five variables of about 10 kB, three methods, two classes.
/// Loaded by a loader of its own, so that it ships as a cell does.
@SuppressWarnings("NonFinalStaticField") // variables of a notebook are
public final class BenchmarkCells {

  static double[] weights = new double[1_000];
  static List<City> cities = cities();
  static String unit = "km";
  static int count = 3;
  static Model model = new Model(0.5);

  private BenchmarkCells() {}

  record City(String name, double latitude) {}

  static final class Model {
    private final double factor;

    Model(double factor) {
      this.factor = factor;
    }

    double apply(double x) {
      return factor * x;
    }
  }

  private static List<City> cities() {
    List<City> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(new City("city number " + i, i));
    }
    return all;
  }

  static double distance(City city) {
    return model.apply(city.latitude()) + weights[count];
  }

  static double total(int x) {
    return cities.stream().mapToDouble(BenchmarkCells::distance).sum() + x;
  }

  static String shown(int x) {
    return total(x) + unit;
  }

  /// {@return a function that reaches all of it}
  public static Function<Integer, String> function() {
    return (Function<Integer, String> & Serializable) x -> shown(x);
  }
}

package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/// Takes apart what basekernel's renderers make.
final class Bundles {

  private static final Field DATA = data();

  private Bundles() {}

  /// {@return MIME type to data}
  static Map<String, Object> of(DisplayData display) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    try {
      ((Map<?, ?>) DATA.get(display))
          .forEach((type, value) -> {
            if (value != null) {
              bundle.put(String.valueOf(type), value);
            }
          });
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
    return bundle;
  }

  /// The class tells whether it has a type, and not which ones it has.
  private static Field data() {
    try {
      Field field = DisplayData.class.getDeclaredField("data");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("another basekernel than ours", e);
    }
  }
}

package dev.vidimus.lineage.derive;

import dev.vidimus.lineage.tensors.TensorType;
import java.util.Arrays;

/// The squared error that the reference quantizers of ggml-quants.c (`quantize_row_q*_K_ref`) reach
/// on a superblock, without an importance matrix. For comparing energies: its levels are those of
/// the reference but for the last bits of sums.
final class KSearch {
  private static final int SIZE = 256;
  private static final float TINY = 1e-15f;

  private final TensorType type;
  private final int sub;
  private final float[] scale;
  private final float[] minimum;
  private final int[] levels;
  private final int[] tried;
  private final float[] weight;

  KSearch(TensorType type) {
    this.type = type;
    this.sub = type == TensorType.Q4_K || type == TensorType.Q5_K ? 32 : 16;
    this.scale = new float[SIZE / sub];
    this.minimum = new float[SIZE / sub];
    this.levels = new int[SIZE];
    this.tried = new int[sub];
    this.weight = new float[sub];
  }

  /// The squared error over 256 values.
  double energy(float[] x, int from) {
    return switch (type) {
      case Q2_K -> withMinimum(x, from, 3, 15, -0.5f, 15, true);
      case Q4_K -> withMinimum(x, from, 15, 63, -1, 20, false);
      case Q5_K -> withMinimum(x, from, 31, 63, -0.5f, 15, false);
      case Q3_K -> symmetric(x, from, 4, -32, 31);
      case Q6_K -> symmetric(x, from, 32, -128, 127);
      default -> throw new IllegalStateException("no superblocks: " + type);
    };
  }

  private double withMinimum(
      float[] x, int from, int high, int scaleMost, float first, int steps, boolean absolute) {
    float mostScale = 0;
    float mostMinimum = 0;
    for (int s = 0; s < scale.length; s++) {
      weigh(x, from + s * sub, absolute);
      fit(x, from + s * sub, s, high, first, steps, absolute);
      mostScale = Math.max(mostScale, scale[s]);
      mostMinimum = Math.max(mostMinimum, minimum[s]);
    }
    float d = half(mostScale / scaleMost);
    float dmin = half(mostMinimum / scaleMost);
    float toScale = mostScale > 0 ? scaleMost / mostScale : 0;
    float toMinimum = mostMinimum > 0 ? scaleMost / mostMinimum : 0;
    double energy = 0;
    for (int s = 0; s < scale.length; s++) {
      float step = d * Math.min(scaleMost, nearest(toScale * scale[s]));
      float less = dmin * Math.min(scaleMost, nearest(toMinimum * minimum[s]));
      for (int i = 0; i < sub; i++) {
        float v = x[from + s * sub + i];
        int level =
            step == 0 ? levels[s * sub + i] : Math.clamp(nearest((v + less) / step), 0, high);
        double off = v + less - step * level;
        energy += off * off;
      }
    }
    return energy;
  }

  private void weigh(float[] x, int from, boolean absolute) {
    float squares = 0;
    for (int i = 0; i < sub; i++) {
      squares += x[from + i] * x[from + i];
    }
    float mean = absolute ? 0 : (float) Math.sqrt(squares / sub);
    for (int i = 0; i < sub; i++) {
      weight[i] = mean + Math.abs(x[from + i]);
    }
  }

  /// `make_qkx2_quants`.
  private void fit(float[] x, int from, int s, int high, float first, int steps, boolean absolute) {
    float least = x[from];
    float most = x[from];
    float sumW = 0;
    float sumX = 0;
    for (int i = 0; i < sub; i++) {
      float v = x[from + i];
      least = Math.min(least, v);
      most = Math.max(most, v);
      sumW += weight[i];
      sumX += weight[i] * v;
    }
    least = Math.min(least, 0);
    int[] keep = levels;
    int at = s * sub;
    if (most == least) {
      Arrays.fill(keep, at, at + sub, 0);
      scale[s] = 0;
      minimum[s] = -least;
      return;
    }
    float inverse = high / (most - least);
    float bestScale = 1 / inverse;
    float low = least;
    float bestError = 0;
    for (int i = 0; i < sub; i++) {
      int level = Math.clamp(nearest(inverse * (x[from + i] - least)), 0, high);
      keep[at + i] = level;
      bestError += error(bestScale * level + least - x[from + i], absolute) * weight[i];
    }
    for (int k = 0; k <= steps; k++) {
      float tryInverse = (first + 0.1f * k + high) / (most - low);
      float sumL = 0;
      float sumL2 = 0;
      float sumXl = 0;
      for (int i = 0; i < sub; i++) {
        int level = Math.clamp(nearest(tryInverse * (x[from + i] - low)), 0, high);
        tried[i] = level;
        float w = weight[i] * level;
        sumL += w;
        sumL2 += w * level;
        sumXl += w * x[from + i];
      }
      float determinant = sumW * sumL2 - sumL * sumL;
      if (determinant > 0) {
        float thisScale = (sumW * sumXl - sumX * sumL) / determinant;
        float thisLow = (sumL2 * sumX - sumL * sumXl) / determinant;
        if (thisLow > 0) {
          thisLow = 0;
          thisScale = sumXl / sumL2;
        }
        float error = 0;
        for (int i = 0; i < sub; i++) {
          error += error(thisScale * tried[i] + thisLow - x[from + i], absolute) * weight[i];
        }
        if (error < bestError) {
          bestError = error;
          bestScale = thisScale;
          low = thisLow;
          System.arraycopy(tried, 0, keep, at, sub);
        }
      }
    }
    scale[s] = bestScale;
    minimum[s] = -low;
  }

  private static float error(float off, boolean absolute) {
    return absolute ? Math.abs(off) : off * off;
  }

  private double symmetric(float[] x, int from, int high, int scaleLeast, int scaleMost) {
    float most = 0;
    float extreme = 0;
    for (int s = 0; s < scale.length; s++) {
      scale[s] = type == TensorType.Q3_K ? three(x, from + s * sub, s) : six(x, from + s * sub, s);
      if (Math.abs(scale[s]) > most) {
        most = Math.abs(scale[s]);
        extreme = scale[s];
      }
    }
    if (most < TINY) {
      return squares(x, from);
    }
    float inverse = scaleLeast / extreme;
    float d = half(1 / inverse);
    double energy = 0;
    for (int s = 0; s < scale.length; s++) {
      float step = d * Math.clamp(nearest(inverse * scale[s]), scaleLeast, scaleMost);
      for (int i = 0; i < sub; i++) {
        float v = x[from + s * sub + i];
        int level =
            step == 0 ? levels[s * sub + i] : Math.clamp(nearest(v / step), -high, high - 1);
        double off = v - step * level;
        energy += off * off;
      }
    }
    return energy;
  }

  private static double squares(float[] x, int from) {
    double sum = 0;
    for (int i = from; i < from + SIZE; i++) {
      sum += (double) x[i] * x[i];
    }
    return sum;
  }

  private float extreme(float[] x, int from) {
    float most = 0;
    float extreme = 0;
    for (int i = 0; i < sub; i++) {
      if (Math.abs(x[from + i]) > most) {
        most = Math.abs(x[from + i]);
        extreme = x[from + i];
      }
    }
    return extreme;
  }

  /// `make_qx_quants` with 32 levels either way, weighted by squares.
  private float six(float[] x, int from, int s) {
    float extreme = extreme(x, from);
    if (Math.abs(extreme) < TINY) {
      Arrays.fill(levels, s * sub, (s + 1) * sub, 0);
      return 0;
    }
    float best = 0;
    float result = 0;
    for (int k = -10; k <= 9; k++) { // first the plain one, then 19 others
      int step = k == -10 ? 0 : k;
      if (k == 0) {
        continue;
      }
      float inverse = -(32 + 0.1f * step) / extreme;
      float sumLx = 0;
      float sumL2 = 0;
      for (int i = 0; i < sub; i++) {
        float v = x[from + i];
        int level = Math.clamp(nearest(inverse * v), -32, 31);
        tried[i] = level;
        float w = v * v;
        sumLx += w * v * level;
        sumL2 += w * level * level;
      }
      if (k == -10) {
        result = sumL2 > 0 ? sumLx / sumL2 : 0;
        best = result * sumLx;
        System.arraycopy(tried, 0, levels, s * sub, sub);
      } else if (sumL2 > 0 && sumLx * sumLx > best * sumL2) {
        result = sumLx / sumL2;
        best = result * sumLx;
        System.arraycopy(tried, 0, levels, s * sub, sub);
      }
    }
    return result;
  }

  /// `make_q3_quants` with 4 levels either way.
  private float three(float[] x, int from, int s) {
    float extreme = extreme(x, from);
    int at = s * sub;
    if (Math.abs(extreme) < TINY) {
      Arrays.fill(levels, at, at + sub, 0);
      return 0;
    }
    float inverse = -4 / extreme;
    float sumLx = 0;
    float sumL2 = 0;
    for (int i = 0; i < sub; i++) {
      float v = x[from + i];
      int level = Math.clamp(nearest(inverse * v), -4, 3);
      levels[at + i] = level;
      sumLx += v * v * v * level;
      sumL2 += v * v * level * level;
    }
    for (int round = 0; round < 5; round++) {
      int changed = 0;
      for (int i = 0; i < sub; i++) {
        float v = x[from + i];
        float w = v * v;
        float restLx = sumLx - w * v * levels[at + i];
        if (restLx <= 0) {
          continue;
        }
        float restL2 = sumL2 - w * levels[at + i] * levels[at + i];
        int level = Math.clamp(nearest(v * restL2 / restLx), -4, 3);
        if (level != levels[at + i]) {
          float newLx = restLx + w * v * level;
          float newL2 = restL2 + w * level * level;
          if (newL2 > 0 && newLx * newLx * sumL2 > sumLx * sumLx * newL2) {
            levels[at + i] = level;
            sumLx = newLx;
            sumL2 = newL2;
            changed++;
          }
        }
      }
      if (changed == 0) {
        break;
      }
    }
    return sumL2 > 0 ? sumLx / sumL2 : 0;
  }

  private static int nearest(float value) {
    return (int) Math.rint(value);
  }

  private static float half(float value) {
    return Float.float16ToFloat(Float.floatToFloat16(value));
  }
}

/** Turns the wheel over an element for a while; the milliseconds between one frame and the next. */
export async function scrolled(page, element, durationMs) {
  await element.hover();
  return framesWhile(page, durationMs, () => page.mouse.wheel(0, 240));
}

/** Does something again and again for a while; the milliseconds between one frame and the next. */
export async function framesWhile(page, durationMs, act) {
  const frames = page.evaluate(millisecondsBetweenFrames, durationMs);
  const until = performance.now() + durationMs;
  while (performance.now() < until) {
    await act();
    await page.waitForTimeout(16);
  }
  return frames;
}

/** Frames of which at least one place was missed at sixty a second. */
export function late(frames) {
  return frames.filter((milliseconds) => milliseconds > 34).length;
}

/** Runs in the page. */
function millisecondsBetweenFrames(duration) {
  return new Promise((resolve) => {
    const taken = [];
    const beganAt = performance.now();
    let before = beganAt;
    const next = (now) => {
      taken.push(now - before);
      before = now;
      if (now - beganAt < duration) requestAnimationFrame(next);
      else resolve(taken.slice(1));
    };
    requestAnimationFrame(next);
  });
}

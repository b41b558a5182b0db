// Words of pictures: the far end’s and those of scene cameras. No logic but putting words together.

/** Words of `pictures`. */
export const pictures = {
  title: 'Pictures',
  of: (name: string) => `Picture: ${name}`,
  scene: (name: string) => `Scene: ${name}`,
  states: { waiting: 'waiting for picture', moving: 'live', stalled: 'STALLED', off: 'off' } as const,
  join: 'Join the call to see the pictures.',
  ask: 'Ask for a picture',
  asked: 'Asked: may they be seen? No answer yet.',
  on: 'They agreed to be seen.',
  takeBack: 'Take the question back',
  stop: 'Stop the picture',
  useThis: 'Use this device as a scene camera',
  mineOn: 'THIS DEVICE SHOWS THE SCENE',
  mineElsewhere: 'Your scene camera is on, but not on this device',
  stopMine: 'Stop my scene camera',
  stopOf: (name: string) => `Stop the scene camera of ${name}`,
  denied: 'The camera is not allowed here. Allow it beside the address of this page, then press again.',
} as const;

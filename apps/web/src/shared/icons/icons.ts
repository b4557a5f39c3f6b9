import add from '@material-symbols/svg-500/rounded/add.svg?raw';
import alarm from '@material-symbols/svg-500/rounded/alarm.svg?raw';
import arrowForward from '@material-symbols/svg-500/rounded/arrow_forward.svg?raw';
import barChart from '@material-symbols/svg-500/rounded/bar_chart.svg?raw';
import barChartFill from '@material-symbols/svg-500/rounded/bar_chart-fill.svg?raw';
import call from '@material-symbols/svg-500/rounded/call.svg?raw';
import callFill from '@material-symbols/svg-500/rounded/call-fill.svg?raw';
import callEndFill from '@material-symbols/svg-500/rounded/call_end-fill.svg?raw';
import callMade from '@material-symbols/svg-500/rounded/call_made.svg?raw';
import callMerge from '@material-symbols/svg-500/rounded/call_merge.svg?raw';
import callMissed from '@material-symbols/svg-500/rounded/call_missed.svg?raw';
import callReceived from '@material-symbols/svg-500/rounded/call_received.svg?raw';
import check from '@material-symbols/svg-500/rounded/check.svg?raw';
import checkCircle from '@material-symbols/svg-500/rounded/check_circle.svg?raw';
import checkCircleFill from '@material-symbols/svg-500/rounded/check_circle-fill.svg?raw';
import close from '@material-symbols/svg-500/rounded/close.svg?raw';
import coffee from '@material-symbols/svg-500/rounded/coffee.svg?raw';
import contentCopy from '@material-symbols/svg-500/rounded/content_copy.svg?raw';
import contrast from '@material-symbols/svg-500/rounded/contrast.svg?raw';
import deleteIcon from '@material-symbols/svg-500/rounded/delete.svg?raw';
import deskphone from '@material-symbols/svg-500/rounded/deskphone.svg?raw';
import dialpad from '@material-symbols/svg-500/rounded/dialpad.svg?raw';
import doNotDisturbOn from '@material-symbols/svg-500/rounded/do_not_disturb_on.svg?raw';
import domain from '@material-symbols/svg-500/rounded/domain.svg?raw';
import doorOpen from '@material-symbols/svg-500/rounded/door_open.svg?raw';
import doneAll from '@material-symbols/svg-500/rounded/done_all.svg?raw';
import editNote from '@material-symbols/svg-500/rounded/edit_note.svg?raw';
import fullscreen from '@material-symbols/svg-500/rounded/fullscreen.svg?raw';
import fullscreenExit from '@material-symbols/svg-500/rounded/fullscreen_exit.svg?raw';
import group from '@material-symbols/svg-500/rounded/group.svg?raw';
import groupFill from '@material-symbols/svg-500/rounded/group-fill.svg?raw';
import headsetMic from '@material-symbols/svg-500/rounded/headset_mic.svg?raw';
import history from '@material-symbols/svg-500/rounded/history.svg?raw';
import historyFill from '@material-symbols/svg-500/rounded/history-fill.svg?raw';
import hourglassTop from '@material-symbols/svg-500/rounded/hourglass_top.svg?raw';
import key from '@material-symbols/svg-500/rounded/key.svg?raw';
import keyboard from '@material-symbols/svg-500/rounded/keyboard.svg?raw';
import keyboardArrowDown from '@material-symbols/svg-500/rounded/keyboard_arrow_down.svg?raw';
import label from '@material-symbols/svg-500/rounded/label.svg?raw';
import language from '@material-symbols/svg-500/rounded/language.svg?raw';
import localParking from '@material-symbols/svg-500/rounded/local_parking.svg?raw';
import logout from '@material-symbols/svg-500/rounded/logout.svg?raw';
import mic from '@material-symbols/svg-500/rounded/mic.svg?raw';
import micOff from '@material-symbols/svg-500/rounded/mic_off.svg?raw';
import moreHoriz from '@material-symbols/svg-500/rounded/more_horiz.svg?raw';
import networkCheck from '@material-symbols/svg-500/rounded/network_check.svg?raw';
import notifications from '@material-symbols/svg-500/rounded/notifications.svg?raw';
import pause from '@material-symbols/svg-500/rounded/pause.svg?raw';
import personAdd from '@material-symbols/svg-500/rounded/person_add.svg?raw';
import phoneCallback from '@material-symbols/svg-500/rounded/phone_callback.svg?raw';
import phoneForwarded from '@material-symbols/svg-500/rounded/phone_forwarded.svg?raw';
import phoneForwardedFill from '@material-symbols/svg-500/rounded/phone_forwarded-fill.svg?raw';
import phoneInTalkFill from '@material-symbols/svg-500/rounded/phone_in_talk-fill.svg?raw';
import playArrow from '@material-symbols/svg-500/rounded/play_arrow.svg?raw';
import radioButtonUnchecked from '@material-symbols/svg-500/rounded/radio_button_unchecked.svg?raw';
import redo from '@material-symbols/svg-500/rounded/redo.svg?raw';
import refresh from '@material-symbols/svg-500/rounded/refresh.svg?raw';
import ringVolumeFill from '@material-symbols/svg-500/rounded/ring_volume-fill.svg?raw';
import route from '@material-symbols/svg-500/rounded/route.svg?raw';
import science from '@material-symbols/svg-500/rounded/science.svg?raw';
import search from '@material-symbols/svg-500/rounded/search.svg?raw';
import sensors from '@material-symbols/svg-500/rounded/sensors.svg?raw';
import shieldPerson from '@material-symbols/svg-500/rounded/shield_person.svg?raw';
import supportAgent from '@material-symbols/svg-500/rounded/support_agent.svg?raw';
import taskAlt from '@material-symbols/svg-500/rounded/task_alt.svg?raw';
import timer from '@material-symbols/svg-500/rounded/timer.svg?raw';
import tune from '@material-symbols/svg-500/rounded/tune.svg?raw';
import tuneFill from '@material-symbols/svg-500/rounded/tune-fill.svg?raw';
import undo from '@material-symbols/svg-500/rounded/undo.svg?raw';
import visibility from '@material-symbols/svg-500/rounded/visibility.svg?raw';
import visibilityOff from '@material-symbols/svg-500/rounded/visibility_off.svg?raw';
import voicemail from '@material-symbols/svg-500/rounded/voicemail.svg?raw';
import voicemailFill from '@material-symbols/svg-500/rounded/voicemail-fill.svg?raw';
import volumeUp from '@material-symbols/svg-500/rounded/volume_up.svg?raw';
import warning from '@material-symbols/svg-500/rounded/warning.svg?raw';
import wifiOff from '@material-symbols/svg-500/rounded/wifi_off.svg?raw';

/** The icons in use; a test removes the temptation to collect more. */
export const icons = {
  add,
  alarm,
  arrow_forward: arrowForward,
  bar_chart: barChart,
  'bar_chart-fill': barChartFill,
  call,
  'call-fill': callFill,
  'call_end-fill': callEndFill,
  call_made: callMade,
  call_merge: callMerge,
  call_missed: callMissed,
  call_received: callReceived,
  check,
  check_circle: checkCircle,
  'check_circle-fill': checkCircleFill,
  close,
  coffee,
  content_copy: contentCopy,
  contrast,
  delete: deleteIcon,
  deskphone,
  dialpad,
  do_not_disturb_on: doNotDisturbOn,
  domain,
  done_all: doneAll,
  door_open: doorOpen,
  edit_note: editNote,
  fullscreen,
  fullscreen_exit: fullscreenExit,
  group,
  'group-fill': groupFill,
  headset_mic: headsetMic,
  history,
  'history-fill': historyFill,
  hourglass_top: hourglassTop,
  key,
  keyboard,
  keyboard_arrow_down: keyboardArrowDown,
  label,
  language,
  local_parking: localParking,
  logout,
  mic,
  mic_off: micOff,
  more_horiz: moreHoriz,
  network_check: networkCheck,
  notifications,
  pause,
  person_add: personAdd,
  phone_callback: phoneCallback,
  phone_forwarded: phoneForwarded,
  'phone_forwarded-fill': phoneForwardedFill,
  'phone_in_talk-fill': phoneInTalkFill,
  play_arrow: playArrow,
  radio_button_unchecked: radioButtonUnchecked,
  redo,
  refresh,
  'ring_volume-fill': ringVolumeFill,
  route,
  science,
  search,
  sensors,
  shield_person: shieldPerson,
  support_agent: supportAgent,
  task_alt: taskAlt,
  timer,
  tune,
  'tune-fill': tuneFill,
  undo,
  visibility,
  visibility_off: visibilityOff,
  voicemail,
  'voicemail-fill': voicemailFill,
  volume_up: volumeUp,
  warning,
  wifi_off: wifiOff,
} as const;
export type IconName = keyof typeof icons;
